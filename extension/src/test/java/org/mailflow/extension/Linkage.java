package org.mailflow.extension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells which classes, methods and fields a class needs and a class loader does not have. */
final class Linkage {

    /** The JVM makes their methods up for each call. */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final ClassLoader loader;
    private final Map<String, Optional<ClassFile>> known = new HashMap<>();

    Linkage(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * What is missing.
     *
     * @param classFile for example {@code org/mailflow/core/model/Mailflow.class}
     * @return one line each; empty where the class links
     */
    Set<String> missing(String classFile) {
        ClassFile user = find(classFile.substring(0, classFile.length() - ".class".length()))
                .orElseThrow(() -> new IllegalArgumentException(classFile));
        Set<String> missing = new TreeSet<>();
        user.neededClasses()
                .filter(name -> find(name).isEmpty())
                .forEach(name -> missing.add(classFile + " needs " + name));
        user.neededMembers().stream()
                .filter(member -> !member.owner().startsWith("["))
                .filter(member -> find(member.owner()).isPresent())
                .filter(member -> !POLYMORPHIC.contains(member.owner()))
                .filter(member -> !has(member.owner(), member.signature()))
                .forEach(member -> missing.add(classFile + " needs " + member));
        return missing;
    }

    private boolean has(String owner, String member) {
        Optional<ClassFile> found = find(owner);
        return found.isPresent()
                && (found.get().has(member)
                        || found.get().parents().anyMatch(parent -> has(parent, member))
                        // Methods of Object are methods of every interface.
                        || find("java/lang/Object").orElseThrow().has(member));
    }

    private Optional<ClassFile> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<ClassFile> read(String name) {
        try (InputStream bytes = loader.getResourceAsStream(name + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(new ClassFile(bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
