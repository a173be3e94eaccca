/**
 * Specs as text: YAML read strictly, so that every error names its place and what to write.
 *
 * <p>In reading order: {@link org.unvanish.codec.yaml.Place}, where something stands; {@link
 * org.unvanish.codec.yaml.Node}, a document as a tree that knows its places, made by {@link
 * org.unvanish.codec.yaml.YamlReader}; {@link org.unvanish.codec.yaml.Field} and {@link
 * org.unvanish.codec.yaml.Fields}, values that are yet to be read; {@link
 * org.unvanish.codec.yaml.SpecException}, the error that a broken text leads to, with all its
 * {@link org.unvanish.codec.yaml.Problems}; {@link org.unvanish.codec.yaml.OtherWords}, the words
 * of other programs, and {@link org.unvanish.codec.yaml.Examples}, what errors show as an example;
 * {@link org.unvanish.codec.yaml.YamlText}, which writes, and {@link
 * org.unvanish.codec.yaml.Numbers}, as they are written.
 */
package org.unvanish.codec.yaml;
