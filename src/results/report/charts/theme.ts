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

/** On white, texts are at least 4.5 times as dark, and what shows a value 3 times. */
export const colors = {
  ink: '#1f2937',
  muted: '#4b5563',
  value: '#2563eb',
  track: '#e5e7eb',
  band: '#f1f5f9',
  grid: '#d1d5db',
} as const;
