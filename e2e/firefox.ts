// A stock Firefox under a story's hand, over WebDriver BiDi: Playwright drives only a build of its own.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Browser, launch } from 'puppeteer-core';

const VARIABLE = 'LATCHWORK_FIREFOX_BINARY';
const NAMES = ['firefox-esr', 'firefox'];

/** Null where there is none: named by the environment or on PATH. */
export async function findFirefox(): Promise<string | null> {
  const named = process.env[VARIABLE];
  for (const name of named ? [named] : NAMES) {
    const found = await promisify(execFile)(name, ['--version']).catch(() => null);
    if (found) return (await promisify(execFile)('which', [name])).stdout.trim();
  }
  return null;
}

/** An empty profile; nothing of it is left when it is closed. */
export function openFirefox(executablePath: string): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: {
      'app.update.disabledForTesting': true,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'browser.safebrowsing.malware.enabled': false,
      'browser.safebrowsing.phishing.enabled': false,
      'services.settings.server': 'data:,',
      'toolkit.telemetry.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
    },
  });
}
