/**
 * Layers and settings as texts have them, each written once: a codec reads it from a spec, writes
 * it back, and has the text that identifies a run, its words in a figure's caption, and its part of
 * the JSON Schema.
 *
 * <p>In reading order: {@link org.unvanish.codec.Key}, a key of a mapping, and {@link
 * org.unvanish.codec.JsonSchema}, what the schema says of it; {@link org.unvanish.codec.LayerSpec},
 * an entry of a spec's network; {@code LayerCodec}, the layers of one kind: {@code
 * ConvolutionCodec}, {@code PoolingCodec}, {@code DenseCodec}, {@code NormalizationCodec}, {@code
 * DropoutCodec}, {@code ResidualCodec}, {@code ActivatedCodec} and {@code WordCodec}, of layers
 * without settings; {@link org.unvanish.codec.LayerCodecs}, the table of all kinds; {@link
 * org.unvanish.codec.LayerCaption}; {@link org.unvanish.codec.NetworkCodec}, layers in their order.
 * Then the settings: {@link org.unvanish.codec.ActivationCodec}, {@link
 * org.unvanish.codec.LossCodec}, {@link org.unvanish.codec.PenaltyCodec} with {@link
 * org.unvanish.codec.PenaltyForm}, {@link org.unvanish.codec.InitializationCodec}, {@link
 * org.unvanish.codec.OptimizerCodec}, {@link org.unvanish.codec.ScheduleCodec}, {@link
 * org.unvanish.codec.ClippingCodec}, {@link org.unvanish.codec.ScalingCodec} and {@link
 * org.unvanish.codec.DataSourceCodec} with {@code ColumnRolesCodec}, {@code StepsCodec} and {@code
 * DrawingCodec}. {@code Kinds} is the table of a setting's kinds, {@link org.unvanish.codec.Words}
 * are words for values, {@link org.unvanish.codec.Sha256} identifies a text.
 */
package org.unvanish.codec;
