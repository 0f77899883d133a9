package dev.keyledger.scim.keycloak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.keyledger.scim.keycloak");

    @Test
    void hasNoCycles() {
        slices().matching("dev.keyledger.scim.keycloak.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that can be read alone can be changed alone")
                .check(main);
    }

    @Test
    void keepsItsLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("server")
                .definedBy("..keycloak.server..")
                .layer("connection")
                .definedBy("..keycloak.connection..")
                .layer("contract")
                .definedBy("..keycloak.contract..")
                .layer("storage")
                .definedBy("dev.keyledger.scim.keycloak.storage..")
                .layer("activity")
                .definedBy("..keycloak.activity..")
                .layer("admin")
                .definedBy("dev.keyledger.scim.keycloak.admin..")
                .layer("event")
                .definedBy("..keycloak.event..")
                .layer("query")
                .definedBy("..keycloak.query..")
                .layer("schema")
                .definedBy("..keycloak.schema..")
                .layer("modified")
                .definedBy("..keycloak.modified..")
                .layer("user")
                .definedBy("..keycloak.user..")
                .layer("group")
                .definedBy("..keycloak.group..")
                .layer("endpoint")
                .definedBy("..keycloak.endpoint..")
                .whereLayer("server")
                .mayNotAccessAnyLayer()
                .whereLayer("contract")
                .mayNotAccessAnyLayer()
                .whereLayer("storage")
                .mayNotAccessAnyLayer()
                .whereLayer("activity")
                .mayOnlyAccessLayers("contract", "storage")
                .whereLayer("admin")
                .mayOnlyAccessLayers("contract", "storage", "connection", "schema", "user")
                .whereLayer("admin")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("connection")
                .mayOnlyAccessLayers("server", "contract", "storage")
                .whereLayer("event")
                .mayOnlyAccessLayers("connection")
                .whereLayer("query")
                .mayNotAccessAnyLayer()
                .whereLayer("schema")
                .mayNotAccessAnyLayer()
                .whereLayer("modified")
                .mayNotAccessAnyLayer()
                .whereLayer("modified")
                .mayOnlyBeAccessedByLayers("group")
                .whereLayer("user")
                .mayOnlyAccessLayers("server", "connection", "contract", "storage", "query", "schema")
                .whereLayer("group")
                .mayOnlyAccessLayers("server", "connection", "contract", "query", "modified")
                .whereLayer("endpoint")
                .mayNotBeAccessedByAnyLayer()
                .because("this is the DAG of the package documentation")
                .check(main);
    }

    @Test
    void knowsNothingOfTheLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.keyledger.log..", "dev.keyledger.audit..")
                .because("SCIM's changes reach the log as Keycloak admin events, as any other change does")
                .check(main);
    }

    @Test
    void leavesHttpToTheEndpoints() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..keycloak.user..", "..keycloak.group..", "..keycloak.query..", "..keycloak.event..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("a store is asked by the protocol and does not know how the question travelled")
                .check(main);
    }

    @Test
    void comparesTokensInConstantTime() {
        classes()
                .that()
                .haveSimpleName("TokenText")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .because("how long a comparison takes must not say how much of a token was right")
                .check(main);
        classes()
                .that()
                .haveSimpleName("Tokens")
                .should()
                .callMethod("dev.keyledger.scim.keycloak.storage.TokenText", "hasHash", "java.lang.String")
                .check(main);
        noClasses()
                .that()
                .haveSimpleName("TokenText")
                .should()
                .callMethod(String.class, "equals", Object.class)
                .orShould()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .orShould()
                .callMethod(Objects.class, "equals", Object.class, Object.class)
                .check(main);
    }

    @Test
    void asksForTheTimeByAClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("clocks and settings are handed in")
                .check(main);
    }
}
