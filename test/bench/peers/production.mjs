// Imported before all else: libraries read these when they are loaded, and are slower or chattier without them.
process.env.NODE_ENV = 'production';
process.env.GRAPHILE_ENV = 'production';
