package org.tidewatch.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws flags of level stripes. */
final class Png {

    private static final int WIDTH = 160;
    private static final int STRIPE = 40;

    private Png() {}

    /** @param colours of the stripes from the top, as {@code #rrggbb}, apart by spaces */
    static byte[] striped(String colours) {
        String[] stripes = colours.strip().split(" +", -1);
        BufferedImage image = new BufferedImage(WIDTH, STRIPE * stripes.length, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, Integer.decode(stripes[y / STRIPE]));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a picture to memory", e);
        }
        return bytes.toByteArray();
    }
}
