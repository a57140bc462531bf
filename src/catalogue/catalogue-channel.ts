/** The NOTIFY channel on which a publication is told to every server. */
export const catalogueChannel = 'testodrom_catalogue';
