/** Sizes are in units of the drawing: points on paper, pixels on a screen that shows it in its own size. */
export const chartWidth = 480;

/** Large enough to be read when a phone shows the drawing 328 pixels wide. */
export const fontSize = 14;
export const lineHeight = 17;
export const tickSize = 12;

/** How many times as wide a text is when it is bold. */
export const boldness = 1.1;

/** Between the parts of a drawing that stand side by side. */
export const gap = 14;
