package io.millrace.allinone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The layers of the design, held by the build: this module's class path sees every class there is. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final String[] SERVICES = {
        "io.millrace.intake..",
        "io.millrace.profiler..",
        "io.millrace.planner..",
        "io.millrace.rangetester..",
        "io.millrace.trainer..",
        "io.millrace.evaluator..",
        "io.millrace.ensembler..",
        "io.millrace.gateway..",
        "io.millrace.scorer.."
    };

    @ArchTest
    static final ArchRule aServiceNeverImportsAnotherService = slices().matching("io.millrace.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage("io.millrace.allinone.."), DescribedPredicate.alwaysTrue())
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    resideInAnyPackage(
                            "io.millrace.runtime..",
                            "io.millrace.modelling..",
                            "io.millrace.tables..",
                            "io.millrace.database..",
                            "io.millrace.http..",
                            "io.millrace.events..",
                            "io.millrace.dataset..",
                            "io.millrace.configuration..",
                            "io.millrace.embedded.."));

    @ArchTest
    static final ArchRule theLibrariesKnowNoService = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.millrace.runtime..",
                    "io.millrace.modelling..",
                    "io.millrace.tables..",
                    "io.millrace.database..",
                    "io.millrace.http..",
                    "io.millrace.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES);

    @ArchTest
    static final ArchRule modellingKnowsNeitherTheRuntimeNorKafkaNorHttp = noClasses()
            .that()
            .resideInAPackage("io.millrace.modelling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.millrace.runtime..", "org.apache.kafka..", "io.vertx..", "java.net.http..");

    @ArchTest
    static final ArchRule eventsNeedOnlyTheJdk = noClasses()
            .that()
            .resideInAnyPackage("io.millrace.events..", "io.millrace.dataset..", "io.millrace.configuration..")
            .should()
            .dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                    "java..", "io.millrace.events..", "io.millrace.dataset..", "io.millrace.configuration..")));

    @ArchTest
    static final ArchRule kafkaIsOnlyInTheRuntime = noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.runtime..", "io.millrace.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..");

    @ArchTest
    static final ArchRule learningLibrariesAreOnlyInModelling = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.modelling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "ml.dmlc..");

    @ArchTest
    static final ArchRule aCoreHasNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("..core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..", "io.vertx..", "io.micronaut..");

    @ArchTest
    static final ArchRule aCoreReadsNoClockAndDrawsNoRandomIds = noClasses()
            .that()
            .resideInAPackage("..core..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat(DescribedPredicate.<JavaClass>alwaysFalse().or(nameMatching(Clock.class.getName())));
}
