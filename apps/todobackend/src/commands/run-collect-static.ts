import type { Logger } from 'pino';
import { EXIT, type ExitCode } from '../exit-code.js';
import { collectStatic } from '../pages/collect-static.js';
import { SHIPPED_PAGE_FOLDER } from '../pages/page-files.js';
import type { CollectStaticSettings } from '../settings/settings.js';

/** Copies the page's files below the static root. */
export function runCollectStatic(settings: CollectStaticSettings, logger: Logger): ExitCode {
  try {
    const { folder, unchanged } = collectStatic(SHIPPED_PAGE_FOLDER, settings.staticRoot);
    logger.info({ folder }, unchanged ? 'static files were there already' : 'static files collected');
    return EXIT.done;
  } catch (error) {
    logger.fatal({ err: error }, 'static files not collected');
    return EXIT.fault;
  }
}
