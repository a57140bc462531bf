/** Ids of questions are numbers in the documents; what is none is told as it is. */
export function questionId({ id }: { readonly id: string }): number | string {
  return /^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}
