package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.network.Network;

/**
 * What a forecast needs to know about the data, as the network reads them: after the input scaling.
 * Numbers of categories do not count.
 *
 * @param meanSquare of all values, finite and at least 0
 * @param products of two values; NaN where they are not known
 * @since 0.1
 */
public record InputStatistics(double meanSquare, MeanProducts products) {

  /** Samples that are read, which leaves an error of about one in a hundred. */
  private static final int MOST_SAMPLES = 2048;

  /**
   * @throws IllegalArgumentException if the mean square is not a finite number from 0
   */
  public InputStatistics {
    if (!(meanSquare >= 0 && meanSquare < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the mean square of the inputs must be a finite number from 0, but is " + meanSquare);
    }
  }

  /**
   * Of data of which no more is known. Then batch normalization and average pooling are not
   * forecast.
   *
   * @throws IllegalArgumentException if the mean square is not a finite number from 0
   */
  public static InputStatistics ofMeanSquare(double meanSquare) {
    return new InputStatistics(meanSquare, MeanProducts.UNKNOWN);
  }

  /**
   * Of samples.
   *
   * @param network that reads them: it says which values are numbers of categories
   * @param scaling of each channel
   * @throws IllegalArgumentException if the samples do not have the shape that the network reads
   */
  public static InputStatistics of(
      Network network, ImageSet samples, List<ChannelScaling> scaling) {
    if (!network.input().equals(samples.shape())) {
      throw new IllegalArgumentException(
          "the network reads " + network.input() + ", but the samples are " + samples.shape());
    }
    return new Reading(samples, scaling, network.embeddedInputs().keySet()).result();
  }

  /** Adds samples up. */
  private static final class Reading {
    private final ImageSet samples;
    private final List<ChannelScaling> scaling;
    private final Set<Integer> names;
    private final Shape shape;
    private final int places;
    private final double[] values;
    private final double[] sums;
    private final double[] squares;
    private final double[] atDistance;
    private final double[] pairsAtDistance;
    private double within;
    private int read;

    Reading(ImageSet samples, List<ChannelScaling> scaling, Set<Integer> names) {
      this.samples = samples;
      this.scaling = scaling;
      this.names = names;
      this.shape = samples.shape();
      this.places = shape.rows() * shape.columns();
      this.values = new double[shape.size()];
      this.sums = new double[shape.size()];
      this.squares = new double[shape.size()];
      int longest = Math.max(shape.rows(), shape.columns());
      this.atDistance = new double[32 - Integer.numberOfLeadingZeros(longest - 1)];
      this.pairsAtDistance = new double[atDistance.length];
      int step = Math.max(1, samples.count() / MOST_SAMPLES);
      for (int sample = 0; sample < samples.count(); sample += step) {
        add(sample);
      }
    }

    private void add(int sample) {
      read++;
      for (int i = 0; i < values.length; i++) {
        ChannelScaling channel = scaling.get(i / places);
        values[i] = names.contains(i / places) ? 0 : samples.scaled(sample, i, channel);
        sums[i] += values[i];
        squares[i] += values[i] * values[i];
      }
      for (int channel = 0; channel < shape.channels(); channel++) {
        addPairs(channel * places);
      }
    }

    private void addPairs(int from) {
      double sum = 0;
      double own = 0;
      for (int i = from; i < from + places; i++) {
        sum += values[i];
        own += values[i] * values[i];
      }
      within += sum * sum - own;
      for (int k = 0; k < atDistance.length; k++) {
        int distance = 1 << k;
        for (int row = 0; row < shape.rows(); row++) {
          for (int column = 0; column < shape.columns(); column++) {
            int i = from + row * shape.columns() + column;
            if (column + distance < shape.columns()) {
              atDistance[k] += values[i] * values[i + distance];
              pairsAtDistance[k]++;
            }
            if (row + distance < shape.rows()) {
              atDistance[k] += values[i] * values[i + distance * shape.columns()];
              pairsAtDistance[k]++;
            }
          }
        }
      }
    }

    InputStatistics result() {
      // A network without numbers reads nothing but learnt values.
      int channels = Math.max(1, shape.channels() - names.size());
      double pairs = (double) read * (read - 1);
      double all = 0;
      double samePlace = 0;
      double anywhere = 0;
      for (int channel = 0; channel < shape.channels(); channel++) {
        double sum = 0;
        double ownPlaces = 0;
        for (int i = channel * places; i < (channel + 1) * places; i++) {
          all += squares[i];
          sum += sums[i];
          samePlace += sums[i] * sums[i] - squares[i];
          ownPlaces += sums[i] * sums[i];
        }
        anywhere += places == 1 ? ownPlaces - squares[channel] : sum * sum;
      }
      List<Double> distances = new ArrayList<>();
      for (int k = 0; k < atDistance.length; k++) {
        distances.add(atDistance[k] / pairsAtDistance[k]);
      }
      double values = (double) channels * places;
      return new InputStatistics(
          all / read / values,
          new MeanProducts(
              distances,
              within / read / values / (places - 1),
              samePlace / pairs / values,
              places == 1
                  ? anywhere / pairs / values
                  : anywhere / ((double) read * read * places) / values));
    }
  }
}
