package io.millrace.runtime.memory;

import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventBusContract;
import io.millrace.runtime.codec.WireEvent;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class InMemoryEventBusTest extends EventBusContract {
    private final InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), RETRIES);

    @AfterEach
    void close() {
        bus.close();
    }

    @Override
    protected EventBus bus() {
        return bus;
    }

    @Override
    protected void write(WireEvent record) {
        bus.append(record);
    }

    @Override
    protected List<byte[]> awaitDeadLetters(int count) {
        return bus.awaitDeadLetters(group, count).stream().map(WireEvent::value).toList();
    }
}
