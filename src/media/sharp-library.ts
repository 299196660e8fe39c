type Sharp = (typeof import('sharp'))['default'];

const LOADERS = ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'];

let loading: Promise<Sharp> | null = null;

/**
 * The image library, loaded with the first image: most processes never see one. It can read PNG, JPEG
 * and WebP and nothing else, keeps nothing between two images and works on one thread.
 */
export function loadSharp(): Promise<Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  });
  return loading;
}
