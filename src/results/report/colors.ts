import type { LevelColor } from '../../scoring/index.js';

/** On white, texts are at least 4.5 times as dark, and what shows a value 3 times. */
export const colors = {
  ink: '#1f2937',
  muted: '#4b5563',
  value: '#2563eb',
  track: '#e5e7eb',
  band: '#f1f5f9',
  grid: '#d1d5db',
} as const;

/** Against white each color has a contrast of 4.5 at least, against the track one of 3. */
export const barColors: Readonly<Record<LevelColor | 'track', string>> = {
  track: colors.track,
  primary: colors.value,
  success: '#15803d',
  warning: '#b45309',
  danger: '#b91c1c',
};
