package org.mailflow.extension;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of a stock James, as the module stock-james lists them, and our extension jar. */
final class StockJars {

    private StockJars() {}

    static List<Path> ofJames() throws IOException {
        return Arrays.stream(Files.readString(path("stock.jars")).split(File.pathSeparator))
                .map(String::strip)
                .map(Path::of)
                .toList();
    }

    static Path extension() {
        return path("stock.extension");
    }

    /** A directory as the build names it to the tests. */
    static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }

    /** Loads like James: its own jars first, then what is added, and nothing else but Java. */
    static URLClassLoader loader(Path added) throws IOException {
        URL[] urls = Stream.concat(ofJames().stream(), Stream.of(added))
                .map(StockJars::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** The names of the class files in a jar, {@code org/mailflow/core/model/Mailflow.class}. */
    static Set<String> classFiles(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toSet());
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
