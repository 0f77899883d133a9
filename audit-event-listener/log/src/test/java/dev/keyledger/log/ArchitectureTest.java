package dev.keyledger.log;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.keyledger.log");

    @Test
    void standsOnTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.keyledger.log..",
                        "java..",
                        "javax.crypto..",
                        "javax.security.auth.x500..",
                        "org.jspecify..")
                .because("an auditor runs the verifier with a JDK and nothing else")
                .check(main);
    }

    @Test
    void hasNoCycles() {
        slices().matching("dev.keyledger.log.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that can be read alone can be checked alone")
                .check(main);
    }

    @Test
    void keepsItsLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("merkle")
                .definedBy("..log.merkle..")
                .layer("note")
                .definedBy("..log.note..")
                .layer("json")
                .definedBy("..log.json..")
                .layer("checkpoint")
                .definedBy("..log.checkpoint..")
                .layer("timestamp")
                .definedBy("..log.timestamp..")
                .layer("tile")
                .definedBy("..log.tile..")
                .layer("entry")
                .definedBy("..log.entry..")
                .layer("sequence")
                .definedBy("..log.sequence..")
                .layer("witness")
                .definedBy("..log.witness..")
                .layer("siem")
                .definedBy("..log.siem..")
                .layer("bundle")
                .definedBy("..log.bundle..")
                .layer("verify")
                .definedBy("..log.verify..")
                .layer("cli")
                .definedBy("..log.cli..")
                .whereLayer("timestamp")
                .mayNotAccessAnyLayer()
                .whereLayer("merkle")
                .mayNotAccessAnyLayer()
                .whereLayer("note")
                .mayNotAccessAnyLayer()
                .whereLayer("json")
                .mayNotAccessAnyLayer()
                .whereLayer("checkpoint")
                .mayOnlyAccessLayers("merkle", "note")
                .whereLayer("tile")
                .mayOnlyAccessLayers("merkle")
                .whereLayer("entry")
                .mayOnlyAccessLayers("json")
                .whereLayer("sequence")
                .mayOnlyAccessLayers("merkle", "note", "checkpoint", "tile")
                .whereLayer("witness")
                .mayOnlyAccessLayers("json", "merkle", "note", "checkpoint", "tile")
                .whereLayer("siem")
                .mayOnlyAccessLayers("json", "merkle", "note", "checkpoint", "entry")
                .whereLayer("bundle")
                .mayOnlyAccessLayers("merkle", "note", "json", "checkpoint", "tile", "entry")
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .because("this is the DAG of the package documentation")
                .check(main);
    }

    @Test
    void opensNoConnectionAndReadsNoSurroundings() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.sql..", "java.util.logging..")
                .because("offline is a promise of the verifier, and storage is a port")
                .check(main);
        noClasses()
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("clocks and settings are handed in")
                .check(main);
    }
}
