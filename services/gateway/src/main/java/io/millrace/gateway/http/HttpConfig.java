package io.millrace.gateway.http;

import io.millrace.http.AccessConfig;
import java.time.Duration;

/**
 * How the HTTP side is configured.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param uploadLimit most bytes of an uploaded file
 * @param access who may call
 * @param heartbeat how long a stream of events stays silent before a comment keeps it open
 */
public record HttpConfig(String host, int port, long uploadLimit, AccessConfig access, Duration heartbeat) {}
