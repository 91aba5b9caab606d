package org.mailflow.integration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;

/** The arrows between the rooms of the house: down only, and sideways only from mailets to delivery. */
@AnalyzeClasses(packages = "org.mailflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("org.mailflow.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.james..",
                    "org.apache.mailet..",
                    "javax.mail..",
                    "javax.inject..",
                    "javax.annotation..",
                    "jakarta..",
                    "com.google.inject..",
                    "spark..",
                    "picocli..")
            .because("core outlives any version of James");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_OTHER_ROOM = room("core", "core");

    @ArchTest
    static final ArchRule THE_EDGE_KNOWS_CORE_ALONE = room("james", "core", "james");

    @ArchTest
    static final ArchRule MATCHERS_KNOW_CORE_AND_THE_EDGE = room("matchers", "core", "james", "matchers");

    @ArchTest
    static final ArchRule DELIVERY_KNOWS_CORE_AND_THE_EDGE = room("delivery", "core", "james", "delivery");

    @ArchTest
    static final ArchRule MAILETS_KNOW_DELIVERY_TOO = room("mailets", "core", "james", "delivery", "mailets");

    @ArchTest
    static final ArchRule SMTP_KNOWS_CORE_AND_THE_EDGE = room("smtp", "core", "james", "smtp");

    @ArchTest
    static final ArchRule DIRECTORY_KNOWS_CORE_ALONE = room("directory", "core", "directory");

    @ArchTest
    static final ArchRule WEBADMIN_KNOWS_CORE_ALONE = room("webadmin", "core", "james", "webadmin");

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_KNOWS_CORE_ALONE = room("cli", "core", "cli");

    @ArchTest
    static final ArchRule GUICE_IS_IN_THE_ASSEMBLY_ALONE = noClasses()
            .that(resideOutsideOfPackages("org.mailflow.assembly.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_WRITE_TO_THE_TERMINAL = noClasses()
            .that()
            .resideOutsideOfPackages("org.mailflow.cli..", "org.mailflow.assembly..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule NOTHING_IS_GLOBAL =
            fields().that().areStatic().should().beFinal();

    /** Their names are typed into XML by operators: public, and in flat packages that never move. */
    @ArchTest
    static final ArchRule MAILETS_STAND_IN_THEIR_PACKAGE = classes()
            .that()
            .implement(Mailet.class)
            .and()
            .arePublic()
            .and(resideInAnyPackage("org.mailflow.mailets..", "org.mailflow.matchers.."))
            .should()
            .resideInAPackage("org.mailflow.mailets");

    @ArchTest
    static final ArchRule MATCHERS_STAND_IN_THEIR_PACKAGE = classes()
            .that()
            .implement(Matcher.class)
            .and()
            .arePublic()
            .and(resideInAnyPackage("org.mailflow.mailets..", "org.mailflow.matchers.."))
            .should()
            .resideInAPackage("org.mailflow.matchers");

    private static ArchRule room(String room, String... mayKnow) {
        String[] allowed = Arrays.stream(mayKnow)
                .map(name -> "org.mailflow." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.mailflow." + room + "..")
                .should(dependOnClassesThat(resideInAPackage("org.mailflow..").and(resideOutsideOfPackages(allowed))));
    }
}
