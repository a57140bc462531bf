/** The digest of each bundled test, by its slug: made by `npm run schema` from the content beside. */
export const bundledDigests: Readonly<Record<string, string>> = {
  'ipip-neo-120': 'a52bc6f741e5f7ca18ac81aca546d934e5c4212b80024930917a934d01870bbd',
  'career-interests': '001899be90dbc0d63a61524f4ff3eedd9d84142cd72e0df98bf3a53626b8d440',
  'work-values': '1b81a02bf15395b360254334dc70932f039ced7be2837a02911338381204dec4',
};
