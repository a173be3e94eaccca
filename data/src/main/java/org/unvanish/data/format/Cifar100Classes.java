package org.unvanish.data.format;

import java.util.List;

/**
 * The fine classes of CIFAR-100 (A. Krizhevsky, <i>Learning Multiple Layers of Features from Tiny
 * Images</i>, 2009).
 */
final class Cifar100Classes {
  /** In the order of the class numbers, which is the alphabet's. */
  static final List<String> NAMES =
      List.of(
          """
          apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
          bowl boy bridge bus butterfly camel can castle caterpillar cattle
          chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
          dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
          lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
          mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
          plain plate poppy porcupine possum rabbit raccoon ray road rocket
          rose sea seal shark shrew skunk skyscraper snail snake spider
          squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
          train trout tulip turtle wardrobe whale willow_tree wolf woman worm
          """
              .strip()
              .split("\\s+"));

  static final int COUNT = 100;

  private Cifar100Classes() {}
}
