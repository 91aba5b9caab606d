package org.mailflow.assembly.environment;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.util.LoggingLevel;
import org.jspecify.annotations.Nullable;

/** James' XML files with the variables of one server put in. */
public final class ExpandedConfiguration implements ConfigurationProvider {

    private final ConfigurationProvider files;
    private final Variables variables;

    /** Expands what this provider reads. */
    public ExpandedConfiguration(ConfigurationProvider files, Variables variables) {
        this.files = files;
        this.variables = variables;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel level)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> read = files.getConfiguration(component, level);
        ImmutableNode root = read.getNodeModel().getNodeHandler().getRootNode();
        BaseHierarchicalConfiguration expanded = new BaseHierarchicalConfiguration();
        expanded.getNodeModel().setRootNode(expand(root));
        return expanded;
    }

    private ImmutableNode expand(ImmutableNode node) {
        ImmutableNode.Builder builder =
                new ImmutableNode.Builder().name(node.getNodeName()).value(expand(node.getValue()));
        node.getAttributes().forEach((name, value) -> builder.addAttribute(name, expand(value)));
        node.getChildren().forEach(child -> builder.addChild(expand(child)));
        return builder.create();
    }

    private @Nullable Object expand(@Nullable Object value) {
        return value instanceof String text ? variables.expand(text) : value;
    }
}
