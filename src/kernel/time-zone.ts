/** The name of a time zone as everybody spells it; null for what is none. Offsets such as +03:00 have no days of their own. */
export function canonicalTimeZone(text: string): string | null {
  if (!/^[A-Za-z][\w+\-/]{1,63}$/.test(text)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
