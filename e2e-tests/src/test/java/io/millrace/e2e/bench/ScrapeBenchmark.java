package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.ProfiledRuns;
import io.millrace.events.RunSettings;
import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.GatewayService;
import io.millrace.planner.PlannerConfig;
import io.millrace.planner.PlannerService;
import io.millrace.runtime.ManagementServer;
import io.millrace.runtime.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a scrape of planner and gateway takes while 100 runs are under way, and how many series it has. */
class ScrapeBenchmark {
    private static final int RUNS = 100;
    private static final int WARM_UP = 50;
    private static final int SCRAPES = 300;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aScrapeIsShortHoweverManyRunsThereAre() throws Exception {
        try (BenchPlatform bench = BenchPlatform.start(directory);
                ManagementServer management =
                        ManagementServer.start("127.0.0.1", 0, bench.platform().metrics(), () -> true)) {
            List<Service> services = List.of(
                    new GatewayService(GatewayConfig.from(bench.environment()), bench.platform()),
                    new PlannerService(PlannerConfig.from(bench.environment()), bench.platform()));
            services.forEach(Service::start);
            begin(bench, 1);
            await(management, "millrace_planner_runs_active 1.0");
            long seriesOfOne = series(scrape(management));
            for (int run = 2; run <= RUNS; run++) {
                begin(bench, run);
            }
            await(management, "millrace_planner_runs_active " + RUNS + ".0");
            measure(management, seriesOfOne);
            services.forEach(Service::close);
        }
    }

    private void measure(ManagementServer management, long seriesOfOne) throws Exception {
        List<Long> micros = new ArrayList<>();
        String last = "";
        for (int i = 0; i < WARM_UP + SCRAPES; i++) {
            long start = System.nanoTime();
            last = scrape(management);
            if (i >= WARM_UP) {
                micros.add((System.nanoTime() - start) / 1000);
            }
        }
        Collections.sort(micros);
        System.out.printf(
                "scrape with %d runs: p50 %d us, p99 %d us, %d series (%d with one run), %d bytes%n",
                RUNS,
                micros.get(SCRAPES / 2),
                micros.get(SCRAPES * 99 / 100),
                series(last),
                seriesOfOne,
                last.length());
    }

    private static void begin(BenchPlatform bench, int run) {
        bench.platform().bus().publish(List.of(ProfiledRuns.begin(run, RunSettings.ofBudget(Duration.ofHours(1)))));
    }

    private void await(ManagementServer management, String line) throws Exception {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (!scrape(management).lines().toList().contains(line)) {
            assertThat(System.nanoTime()).as(line).isLessThan(deadline);
        }
    }

    private String scrape(ManagementServer management) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long series(String text) {
        return Stream.of(text.split("\n")).filter(line -> !line.startsWith("#")).count();
    }
}
