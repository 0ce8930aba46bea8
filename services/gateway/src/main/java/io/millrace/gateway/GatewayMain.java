package io.millrace.gateway;

import io.millrace.runtime.ServiceMain;

/** Starts the gateway as a process of its own. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        ServiceMain.run("gateway", GatewayConfig::from, GatewayService::new);
    }
}
