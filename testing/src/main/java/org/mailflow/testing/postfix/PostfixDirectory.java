package org.mailflow.testing.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.PemFiles;

/** The files of one Postfix instance, all under a temporary directory of its own. */
final class PostfixDirectory {
    private static final String MAILBOX_OWNER = "nobody";

    private final Path root;
    private final PostfixSettings settings;
    private final PostfixQueue queue;

    private PostfixDirectory(Path root, PostfixSettings settings) {
        this.root = root;
        this.settings = settings;
        this.queue = new PostfixQueue(root);
    }

    /** Prepares a start that does not check what was just made. */
    void prepareStart() throws IOException {
        queue.trust();
    }

    /** Makes the directory, which Postfix' own users must be able to enter, and writes everything but main.cf. */
    static PostfixDirectory create(PostfixSettings settings) throws IOException {
        Path root = Files.createTempDirectory("postfix-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixDirectory directory = new PostfixDirectory(root, settings);
        Files.createDirectories(directory.config());
        directory.queue.create();
        Files.createDirectories(directory.mail());
        Files.setOwner(
                directory.mail(),
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(MAILBOX_OWNER));
        return directory;
    }

    Path config() {
        return root.resolve("etc");
    }

    private Path mail() {
        return root.resolve("mail");
    }

    private Path logFile() {
        return root.resolve("mail.log");
    }

    /** Writes main.cf, master.cf and the tables, for a server that listens on this port. */
    void configure(int port) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        base(parameters);
        tls(parameters);
        mailboxes(parameters);
        for (Map.Entry<String, Map<String, String>> table : settings.tables().entrySet()) {
            parameters.put(table.getKey(), writeTable(table.getKey(), table.getValue()));
        }
        parameters.putAll(settings.settings());
        List<String> lines = new ArrayList<>();
        parameters.forEach((name, value) -> lines.add(name + " = " + value));
        Files.write(config().resolve("main.cf"), lines);
        Files.writeString(config().resolve("master.cf"), PostfixServices.of(port, settings.clients()));
    }

    private void base(Map<String, String> parameters) {
        parameters.put("compatibility_level", "3.6");
        parameters.put("queue_directory", queue.queue().toString());
        parameters.put("data_directory", queue.data().toString());
        parameters.put("maillog_file", logFile().toString());
        parameters.put("maillog_file_prefixes", root.toString());
        parameters.put("myhostname", settings.hostName());
        parameters.put("myorigin", "$myhostname");
        parameters.put("mydestination", "");
        parameters.put("alias_maps", "");
        parameters.put("alias_database", "");
        parameters.put("inet_interfaces", "loopback-only");
        parameters.put("inet_protocols", "all");
        parameters.put("mynetworks", "127.0.0.0/8 [::1]/128");
        parameters.put("smtpd_peername_lookup", "no");
        parameters.put("smtp_dns_support_level", "disabled");
        parameters.put("default_transport", "error:5.4.4 no transport was given for this recipient");
        parameters.put("relay_transport", "$default_transport");
        parameters.put("notify_classes", "");
        parameters.put("queue_run_delay", "2s");
        parameters.put("minimal_backoff_time", "2s");
        parameters.put("maximal_backoff_time", "2s");
        parameters.put("append_dot_mydomain", "no");
        parameters.put("biff", "no");
    }

    private void tls(Map<String, String> parameters) throws IOException {
        if (!settings.trusted().isEmpty()) {
            Path file = config().resolve("trusted.crt");
            Files.deleteIfExists(file);
            StringBuilder pem = new StringBuilder();
            for (CertificateAuthority authority : settings.trusted()) {
                pem.append(Files.readString(authority.writeCertificate(file)));
            }
            Files.writeString(file, pem);
            parameters.put("smtp_tls_CAfile", file.toString());
            parameters.put("smtpd_tls_CAfile", file.toString());
        }
        parameters.put("smtp_tls_security_level", "may");
        parameters.put("smtp_tls_loglevel", "1");
        parameters.put("smtpd_tls_loglevel", "1");
        parameters.put("smtpd_tls_received_header", "yes");
        Credentials server = settings.server();
        if (server != null) {
            identity(parameters, "smtpd", server);
            parameters.put("smtpd_tls_security_level", "may");
            parameters.put("smtpd_tls_ask_ccert", "yes");
        }
        Credentials client = settings.client();
        if (client != null) {
            identity(parameters, "smtp", client);
        }
    }

    private void identity(Map<String, String> parameters, String side, Credentials identity) throws IOException {
        PemFiles files = identity.writePem(config(), side);
        parameters.put(side + "_tls_cert_file", files.certificates().toString());
        parameters.put(side + "_tls_key_file", files.key().toString());
    }

    private void mailboxes(Map<String, String> parameters) throws IOException {
        Object uid = Files.getAttribute(mail(), "unix:uid");
        Map<String, String> paths =
                settings.mailboxes().stream().collect(Collectors.toMap(address -> address, address -> address + "/"));
        parameters.put("virtual_mailbox_domains", settings.mailboxDomains());
        parameters.put("virtual_mailbox_base", mail().toString());
        parameters.put("virtual_mailbox_maps", writeTable("virtual_mailbox_maps", paths));
        parameters.put("virtual_uid_maps", "static:" + uid);
        parameters.put("virtual_gid_maps", "static:" + uid);
        parameters.put("virtual_alias_maps", "");
    }

    private String writeTable(String name, Map<String, String> entries) throws IOException {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, value) -> lines.add(key + " " + value));
        return "texthash:" + Files.write(config().resolve(name), lines);
    }

    /** The number of the master process, as itself wrote it down. */
    long masterPid() throws IOException {
        return Long.parseLong(
                Files.readString(queue.queue().resolve("pid/master.pid")).strip());
    }

    /** What Postfix logged so far; empty before its first line. */
    String log() throws IOException {
        return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    }

    /** The mails of a mailbox, the oldest first. */
    List<MailContent> mails(String address) throws IOException {
        Path delivered = mail().resolve(address).resolve("new");
        if (!Files.isDirectory(delivered)) {
            return List.of();
        }
        List<MailContent> mails = new ArrayList<>();
        try (Stream<Path> files = Files.list(delivered)) {
            for (Path file : files.sorted().toList()) {
                mails.add(new MailContent(Files.readAllBytes(file)));
            }
        }
        return mails;
    }

    /** How many mails are in a mailbox. */
    int count(String address) {
        String[] files = mail().resolve(address).resolve("new").toFile().list();
        return files == null ? 0 : files.length;
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
