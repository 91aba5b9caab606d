package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;

/** The mailets of James 3.8.1 that a mail administrator meets, with all the parameters that these read. */
public final class JamesMailets {

    private static final String PACKAGE = "org.apache.james.transport.mailets.";
    private static final Ending ALWAYS = new Ending.Always();
    private static final Ending NEVER = new Ending.Never();

    /** The queue of RemoteDelivery. */
    public static final Parameter<String> OUTGOING = queue("outgoing", "outgoing");

    /** The queue of Requeue. */
    public static final Parameter<String> REQUEUE_TO = queue("queue", "spool");

    /** Puts mail on a queue of James'. */
    public static final MailetSpec REMOTE_DELIVERY = MailetSpec.of(
                    "RemoteDelivery",
                    ALWAYS,
                    OUTGOING,
                    processor("bounceProcessor"),
                    processor("onSuccess"),
                    flag("usePriority"),
                    flag("startTLS"),
                    flag("sslEnable"),
                    flag("verifyServerIdentity"),
                    flag("sendpartial"),
                    flag("loadBalancing"),
                    flag("debug"),
                    text("maxDnsProblemRetries"),
                    text("heloName"),
                    text("bind"),
                    text("gateway"),
                    text("gatewayPort"),
                    text("gatewayUsername"),
                    text("gatewayusername"),
                    text("gatewayPassword"),
                    text("timeout"),
                    text("connectiontimeout"),
                    text("maxRetries"),
                    text("delayTime"))
            .open("mail.");

    /** Takes mail off the server. */
    public static final MailetSpec NULL = MailetSpec.of("Null", ALWAYS);

    /** The processor of ToProcessor. */
    public static final Parameter<String> PROCESSOR = Parameter.one(
                    "processor", ContainerKinds.PROCESSOR, "Where the mail goes.")
            .mustBeWritten();

    /** Sends mail to another processor. */
    public static final MailetSpec TO_PROCESSOR =
            MailetSpec.of("ToProcessor", new Ending.ToProcessor(), PROCESSOR, text("notice"), flag("debug"));

    /** Which headers. */
    public static final Parameter<String> HEADER_NAME = text("name");

    /** Takes headers out of mail. */
    public static final MailetSpec REMOVE_MIME_HEADER = MailetSpec.of("RemoveMimeHeader", NEVER, HEADER_NAME);

    /** All of them. */
    public static final List<MailetSpec> ALL = List.of(
            REMOTE_DELIVERY,
            NULL,
            TO_PROCESSOR,
            REMOVE_MIME_HEADER,
            MailetSpec.of("ToRepository", Ending.unlessPassThrough(false), repository(), Ending.PASS_THROUGH)
                    .telling(),
            MailetSpec.of(
                            "ToSenderDomainRepository",
                            Ending.unlessPassThrough(false),
                            text("urlPrefix"),
                            Ending.PASS_THROUGH,
                            flag("allowRepositoryCreation"))
                    .telling(),
            MailetSpec.of("LocalDelivery", Ending.ifConsumed(true), Ending.CONSUME, text("retries"))
                    .telling(),
            MailetSpec.of("ToSenderFolder", Ending.ifConsumed(false), text("folder"), Ending.CONSUME)
                    .telling(),
            MailetSpec.of(
                    "Requeue",
                    Ending.ifConsumed(true),
                    REQUEUE_TO,
                    processor("processor", "root"),
                    text("delay"),
                    Ending.CONSUME),
            notice("DSNBounce", "debug passThrough messageString attachment sender prefix action defaultStatus"),
            notice(
                    "Bounce",
                    "debug passThrough fakeDomainCheck inline attachment message notice sender sendingAddress prefix"
                            + " attachError"),
            notice(
                    "NotifyPostmaster",
                    "debug passThrough fakeDomainCheck inline attachment message notice sender sendingAddress prefix"
                            + " attachError to"),
            notice(
                    "NotifySender",
                    "debug passThrough fakeDomainCheck inline attachment message notice sender sendingAddress prefix"
                            + " attachError to"),
            resent("Forward", "debug passThrough fakeDomainCheck forwardto forwardTo"),
            resent(
                    "Redirect",
                    "static debug passThrough fakeDomainCheck inline attachment message recipients to replyTo replyto"
                            + " reversePath sender subject prefix attachError isReply"),
            resent(
                    "Resend",
                    "debug passThrough fakeDomainCheck inline attachment message recipients to replyTo replyto"
                            + " reversePath sender subject prefix attachError isReply"),
            MailetSpec.of(
                    "LogMessage",
                    Ending.unlessPassThrough(true),
                    Ending.PASS_THROUGH,
                    flag("headers"),
                    flag("body"),
                    text("maxBody"),
                    text("comment")),
            MailetSpec.of("RecipientRewriteTable", NEVER, processor("errorProcessor", "error")),
            MailetSpec.of("SetMailAttribute", NEVER).open(""),
            MailetSpec.of("OnlyText", NEVER, processor("NoTextProcessor")),
            passing("RemoveMailAttribute", "name"),
            passing("RemoveAllMailAttributes", ""),
            passing("SetMimeHeader", "name value"),
            passing("RemoveMimeHeaderByPrefix", "prefix"),
            passing("AddDeliveredToHeader", ""),
            passing("AddFooter", "text"),
            passing("AddSubjectPrefix", "subjectPrefix"),
            passing("SetErrorMessage", "errorMessage"),
            passing("PostmasterAlias", ""),
            passing("RecipientToLowerCase", ""),
            passing("UseHeaderRecipients", "debug"),
            passing("MetricsMailet", "metricName"),
            passing("Sieve", ""),
            passing("VacationMailet", ""),
            passing("WithPriority", "priority"),
            passing("WithStorageDirective", "targetFolderName seen important keywords"),
            passing("SPF", "debug addHeader ignoreLocalIps ignoredNetworks"),
            passing("Expires", "minAge maxAge defaultAge"),
            passing("ContactExtractor", "attribute"),
            passing("MimeDecodingMailet", "attribute"),
            passing("RecoverAttachment", "attribute"),
            passing("MailAttributesToMimeHeaders", "simplemapping"),
            passing("MailAttributesListToMimeHeaders", "simplemapping"),
            passing("ClassifyBounce", "headerName"));

    private JamesMailets() {}

    /** The one of this class, which may be written without its package. */
    public static Optional<MailetSpec> named(String className) {
        String simple = className.startsWith(PACKAGE) ? className.substring(PACKAGE.length()) : className;
        return ALL.stream().filter(spec -> spec.className().equals(simple)).findFirst();
    }

    private static MailetSpec passing(String name, String parameters) {
        return new MailetSpec(name, texts(parameters), Optional.empty(), NEVER, false);
    }

    private static MailetSpec notice(String name, String parameters) {
        return new MailetSpec(name, texts(parameters), Optional.empty(), Ending.unlessPassThrough(true), true);
    }

    private static MailetSpec resent(String name, String parameters) {
        return new MailetSpec(name, texts(parameters), Optional.empty(), Ending.unlessPassThrough(false), true);
    }

    private static List<Parameter<?>> texts(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .<Parameter<?>>map(name -> name.equals(Ending.PASS_THROUGH.name()) ? Ending.PASS_THROUGH : text(name))
                .toList();
    }

    private static Parameter<String> text(String name) {
        return Parameter.repeated(name, Kinds.TEXT, "");
    }

    private static Parameter<Boolean> flag(String name) {
        return Parameter.one(name, ContainerKinds.FLAG, "");
    }

    private static Parameter<String> processor(String name) {
        return Parameter.one(name, ContainerKinds.PROCESSOR, "");
    }

    private static Parameter<String> processor(String name, String unlessSet) {
        return processor(name).byDefault(unlessSet);
    }

    private static Parameter<String> queue(String name, String unlessSet) {
        return Parameter.one(name, ContainerKinds.QUEUE, "").byDefault(unlessSet);
    }

    private static Parameter<String> repository() {
        return Parameter.one("repositoryPath", ContainerKinds.REPOSITORY, "").mustBeWritten();
    }
}
