package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.metrics.Measure;
import io.millrace.runtime.metrics.Measure.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Dashboards, rules and the runbook speak of the same metrics as the services. */
class MonitoringFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\bmillrace_[a-z_]+");

    @Test
    void dashboardsAndRulesAskOnlyForMetricsThatThereAre() throws Exception {
        Set<String> there = Arrays.stream(Measure.values())
                .flatMap(m -> m.kind() == Kind.COUNTER || m.kind() == Kind.GAUGE
                        ? Stream.of(m.metric())
                        : Stream.of("_bucket", "_sum", "_count").map(end -> m.metric() + end))
                .collect(Collectors.toSet());
        Set<String> asked = metrics(Checkout.text("infra/prometheus/rules.yml"));
        for (Dashboards.Query query : Dashboards.queries()) {
            asked.addAll(query.sql() ? Set.of() : metrics(query.text()));
        }
        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(there).containsAll(asked);
    }

    @Test
    void whateverTheScorerMeasuresIsOnADashboard() throws Exception {
        String asked = Dashboards.queries().stream().map(Dashboards.Query::text).collect(Collectors.joining("\n"));
        List<String> measured = Arrays.stream(Measure.values())
                .map(Measure::metric)
                .filter(metric -> metric.startsWith("millrace_scorer_"))
                .toList();
        assertThat(measured).hasSizeGreaterThan(3).allSatisfy(metric -> assertThat(asked)
                .contains(metric));
    }

    @Test
    void theRunbookListsEveryPanel() throws Exception {
        String runbook = Checkout.text("infra/README.md");
        for (Path file : Dashboards.files()) {
            JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
            String panels = StreamSupport.stream(dashboard.get("panels").spliterator(), false)
                    .map(panel -> panel.get("title").asText())
                    .collect(Collectors.joining(" · "));
            assertThat(runbook).contains("| " + dashboard.get("title").asText() + " | " + panels + " |");
        }
    }

    @Test
    void everyAlertHasAPlaceInTheRunbook() {
        List<String> alerts = Checkout.text("infra/prometheus/rules.yml")
                .lines()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
        assertThat(alerts).hasSizeGreaterThan(5);
        assertThat(Checkout.text("infra/README.md"))
                .contains(alerts.stream().map(a -> "### " + a).toList());
    }

    @Test
    void prometheusScrapesEveryService() {
        List<?> jobs =
                (List<?>) Checkout.yaml("infra/prometheus/prometheus.yml").get("scrape_configs");
        String scraped = ((Map<?, ?>) jobs.get(0)).get("dns_sd_configs").toString();
        for (String service : ServiceConfigs.services()) {
            assertThat(scraped).contains(service);
        }
    }

    @Test
    void promtoolFindsTheRulesRightAndTheirTestsPass() throws Exception {
        assumeTrue(Tools.find("promtool").isPresent(), "promtool is not installed: apt-get install prometheus");
        Path folder = Checkout.path("infra/prometheus");
        assertThat(Tools.run(folder, "promtool", "check", "rules", "rules.yml")).contains("SUCCESS");
        assertThat(Tools.run(folder, "promtool", "check", "config", "prometheus.yml"))
                .contains("SUCCESS");
        assertThat(Tools.run(folder, "promtool", "test", "rules", "rules-test.yml"))
                .contains("SUCCESS");
    }

    private static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
