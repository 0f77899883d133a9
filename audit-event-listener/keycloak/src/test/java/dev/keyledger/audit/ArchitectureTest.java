package dev.keyledger.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of the rim, as ARCHITECTURE.md draws them. */
class ArchitectureTest {

    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.keyledger.audit");

    @Test
    void hasNoCycles() {
        slices().matching("dev.keyledger.audit.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that can be read alone can be changed alone")
                .check(main);
    }

    @Test
    void keepsItsLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("key")
                .definedBy("..audit.key..")
                .layer("storage")
                .definedBy("..audit.storage..")
                .layer("witness")
                .definedBy("..audit.witness..")
                .layer("capture")
                .definedBy("..audit.capture..")
                .layer("runtime")
                .definedBy("..audit.runtime..")
                .layer("privacy")
                .definedBy("..audit.privacy..")
                .layer("archive")
                .definedBy("..audit.archive..")
                .layer("retention")
                .definedBy("..audit.retention..")
                .layer("sequence")
                .definedBy("..audit.sequence..")
                .layer("integrity")
                .definedBy("..audit.integrity..")
                .layer("health")
                .definedBy("..audit.health..")
                .layer("admin")
                .definedBy("..audit.admin..")
                .layer("publish")
                .definedBy("..audit.publish..")
                .layer("cosign")
                .definedBy("..audit.cosign..")
                .layer("timestamp")
                .definedBy("..audit.timestamp..")
                .layer("sink")
                .definedBy("..audit.sink..")
                .layer("watch")
                .definedBy("..audit.watch..")
                .whereLayer("key")
                .mayNotAccessAnyLayer()
                .whereLayer("witness")
                .mayNotAccessAnyLayer()
                .whereLayer("archive")
                .mayNotAccessAnyLayer()
                .whereLayer("storage")
                .mayOnlyAccessLayers("key")
                .whereLayer("capture")
                .mayOnlyAccessLayers("key", "storage")
                .whereLayer("runtime")
                .mayOnlyAccessLayers("key", "storage", "capture", "witness", "privacy", "archive")
                .whereLayer("retention")
                .mayOnlyAccessLayers("key", "storage", "runtime", "capture", "privacy", "archive")
                .whereLayer("privacy")
                .mayOnlyAccessLayers("key", "storage")
                .whereLayer("sequence")
                .mayOnlyAccessLayers("storage", "runtime", "witness")
                .whereLayer("admin")
                .mayOnlyAccessLayers(
                        "key", "storage", "privacy", "runtime", "witness", "integrity", "retention", "sink")
                .whereLayer("integrity")
                .mayOnlyAccessLayers("storage", "runtime", "capture", "key")
                .whereLayer("health")
                .mayOnlyAccessLayers("storage", "runtime", "witness")
                .whereLayer("publish")
                .mayOnlyAccessLayers("storage", "runtime")
                .whereLayer("cosign")
                .mayOnlyAccessLayers("storage", "runtime")
                .whereLayer("timestamp")
                .mayOnlyAccessLayers("storage", "runtime", "witness")
                .whereLayer("sink")
                .mayOnlyAccessLayers("key", "storage", "runtime")
                .whereLayer("watch")
                .mayOnlyAccessLayers("capture", "runtime")
                .because("this is the DAG of ARCHITECTURE.md")
                .check(main);
    }

    @Test
    void knowsNothingOfScim() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.keyledger.scim..")
                .because("SCIM's changes reach the log as Keycloak admin events, as any other change does")
                .check(main);
    }

    @Test
    void keepsAndSealsWithoutHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..audit.key..",
                        "..audit.storage..",
                        "..audit.witness..",
                        "..audit.sequence..",
                        "..audit.sink..",
                        "..audit.archive..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("the log is the same by whatever way it is asked")
                .check(main);
    }
}
