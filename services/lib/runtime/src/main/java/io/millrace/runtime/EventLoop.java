package io.millrace.runtime;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** How every server of a service runs Vert.x. */
public final class EventLoop {
    private EventLoop() {}

    /**
     * Options of a single event loop. Without its caches of files Vert.x leaves no folder behind when it is killed, and needs no file
     * system that it may write to.
     */
    public static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
