/**
 * Folders of images, a folder for each class.
 *
 * <p>In reading order: {@link org.unvanish.data.format.image.ImageFolderReader}; {@link
 * org.unvanish.data.format.image.ImageFolders}, what lies where; {@code ImageFile} and {@code
 * DecodedImage}, one image.
 */
package org.unvanish.data.format.image;
