import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A throw-away authority in a folder, and certificates that it signs: paths of PEM files. */
export interface Authority {
  readonly ca: string;
  sign(name: string, alternativeNames?: string): { readonly cert: string; readonly key: string };
}

/** Makes an authority with `openssl`; its key never leaves the folder. */
export function createAuthority(folder: string, name: string): Authority {
  const [ca, caKey] = [join(folder, `${name}-ca.pem`), join(folder, `${name}-ca-key.pem`)];
  const own = ['-subj', `/CN=Throw-away authority ${name}`, '-keyout', caKey, '-out', ca];
  openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...own]);
  return {
    ca,
    sign(subject, alternativeNames) {
      const path = (ending: string) => join(folder, `${name}-${subject}${ending}`);
      const [cert, key, request] = [path('.pem'), path('-key.pem'), path('.csr')];
      const asked = ['-subj', `/CN=${subject}`, '-keyout', key, '-out', request];
      openssl(['req', '-newkey', 'rsa:2048', '-nodes', ...asked]);
      writeFileSync(
        path('.ext'),
        alternativeNames === undefined ? '' : `subjectAltName=${alternativeNames}\n`,
      );
      const issued = ['-CAcreateserial', '-days', '2', '-extfile', path('.ext'), '-out', cert];
      openssl(['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, ...issued]);
      return { cert, key };
    },
  };
}

function openssl(words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
