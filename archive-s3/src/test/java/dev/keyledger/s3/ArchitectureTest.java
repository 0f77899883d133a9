package dev.keyledger.s3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the second jar knows of the first. */
class ArchitectureTest {

    @Test
    void knowsThePortAndNothingElseOfUs() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours or Keycloak's, but not of the port",
                        (JavaClass each) -> (each.getPackageName().startsWith("dev.keyledger.")
                                        || each.getPackageName().startsWith("org.keycloak"))
                                && !each.getPackageName().equals("dev.keyledger.audit.archive")
                                && !each.getPackageName().equals("dev.keyledger.s3")))
                .because("what the jars share is what both must have in the same version")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.keyledger.s3"));
    }
}
