/** A text in the languages of the bundled tests. */
export type Text = { readonly ru: string; readonly en: string };

/** One paragraph of simple HTML in both languages. */
export function paragraph(ru: string, en: string): Text {
  return { ru: `<p>${ru}</p>`, en: `<p>${en}</p>` };
}
