/** Samples and what is to be learnt of them: read, installed, scaled. */
module org.unvanish.data {
  requires static transitive org.jspecify;
  requires transitive org.unvanish.core;
  requires java.desktop;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires org.apache.commons.csv;
  requires org.tukaani.xz;

  exports org.unvanish.data;
  exports org.unvanish.data.catalog;
  exports org.unvanish.data.format;
  exports org.unvanish.data.format.csv;
  exports org.unvanish.data.format.image;
  exports org.unvanish.data.format.numpy;
  exports org.unvanish.data.scaling;
  exports org.unvanish.data.synthetic;
}
