/**
 * Files in the safetensors format. Not for users of the library.
 *
 * <p>In reading order: {@link org.unvanish.internal.safetensors.TensorFile}, a file that is read or
 * written; {@link org.unvanish.internal.safetensors.StoredTensor}, one tensor in it, and {@code ShortFloat}, which some have; {@link
 * org.unvanish.internal.safetensors.StrictJson}, the text that describes both; {@link
 * org.unvanish.internal.safetensors.JsonObject}, an object of such a text, read field by field.
 */
package org.unvanish.internal.safetensors;
