package io.millrace.intake;

import io.millrace.runtime.Environment;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.ServiceMain;
import io.millrace.runtime.kafka.KafkaRawRecordSource;
import java.util.Optional;

/** Intake as a process of its own. */
public final class IntakeMain {
    private IntakeMain() {}

    public static void main(String[] args) {
        ServiceMain.run(
                "intake",
                IntakeConfig::from,
                (config, platform) -> new IntakeService(config, platform, Optional.of(records())));
    }

    private static RawRecordSource records() {
        return new KafkaRawRecordSource(
                PlatformConfig.from(new Environment(System.getenv())).kafka());
    }
}
