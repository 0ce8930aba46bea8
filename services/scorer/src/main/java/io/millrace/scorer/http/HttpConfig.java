package io.millrace.scorer.http;

import io.millrace.http.AccessConfig;

/**
 * How the HTTP side is configured.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param access who may call
 * @param bodyLimit most bytes of a request's rows
 * @param requests requests for predictions under way at once; one more is turned away
 */
public record HttpConfig(String host, int port, AccessConfig access, long bodyLimit, int requests) {}
