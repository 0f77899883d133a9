package dev.keyledger.scim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.keyledger.scim");

    @Test
    void packagesFormADirectedAcyclicGraph() {
        slices().matching("dev.keyledger.scim.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a reader has to be able to learn the packages one after the other")
                .check(core);
    }

    @Test
    void theCoreKnowsTheJdkAndTheJsonTreeOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.keyledger.scim..",
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind..",
                        "org.jspecify.annotations..")
                .because("the protocol has to be usable and testable without any server")
                .check(core);
    }
}
