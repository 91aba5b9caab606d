package org.mailflow.extension;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What a compiled class has, and what it needs of others: its constant pool names every class, method and field. */
final class ClassFile {

    /** A method or field of another class, {@code java/lang/String.length()I}. */
    record Member(String owner, String signature) {
        @Override
        public String toString() {
            return owner + "." + signature;
        }
    }

    private static final int CONSTANT_CLASS = 7;
    private static final Set<Integer> CONSTANT_MEMBERS = Set.of(9, 10, 11);

    private final ClassReader reader;
    private final Set<String> members = new HashSet<>();
    private final char[] buffer;

    ClassFile(byte[] bytes) {
        reader = new ClassReader(bytes);
        buffer = new char[reader.getMaxStringLength()];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        members.add(name + descriptor);
                        return null;
                    }

                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        members.add(name + descriptor);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    }

    boolean has(String member) {
        return members.contains(member);
    }

    /** Its superclass and interfaces. */
    Stream<String> parents() {
        return Stream.concat(Optional.ofNullable(reader.getSuperName()).stream(), Stream.of(reader.getInterfaces()));
    }

    /** Every class that it names in code; annotations are not among them, since Java passes over missing ones. */
    Stream<String> neededClasses() {
        return items(CONSTANT_CLASS)
                .map(item -> element(reader.readUTF8(item, buffer)))
                .flatMap(Optional::stream);
    }

    List<Member> neededMembers() {
        return CONSTANT_MEMBERS.stream()
                .flatMap(this::items)
                .map(item -> {
                    int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
                    return new Member(
                            reader.readClass(item, buffer),
                            reader.readUTF8(nameAndType, buffer) + reader.readUTF8(nameAndType + 2, buffer));
                })
                .toList();
    }

    private Stream<Integer> items(int tag) {
        Stream.Builder<Integer> items = Stream.builder();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == tag) {
                items.add(item);
            }
        }
        return items.build();
    }

    private static Optional<String> element(String name) {
        if (!name.startsWith("[")) {
            return Optional.of(name);
        }
        Type element = Type.getType(name).getElementType();
        return element.getSort() == Type.OBJECT ? Optional.of(element.getInternalName()) : Optional.empty();
    }
}
