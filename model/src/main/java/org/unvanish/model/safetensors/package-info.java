/**
 * Tensors by their names in the <a
 * href="https://github.com/huggingface/safetensors#format">safetensors format</a>: {@link
 * org.unvanish.model.safetensors.SafetensorsFile} reads and writes them.
 */
package org.unvanish.model.safetensors;
