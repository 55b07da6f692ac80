// A login command as cloud providers have them: asks the simulator's control door for a token and prints it with its end.

const control = process.env['MESH_SIM_CONTROL'] ?? '';

try {
  const answer = await fetch(`${control}/token`, { method: 'POST' });
  if (!answer.ok) throw new Error(`the control door answered ${answer.status}: ${await answer.text()}`);
  const status = (await answer.json()) as { token: string; expirationTimestamp: string };
  process.stdout.write(
    `${JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status,
    })}\n`,
  );
} catch (error) {
  process.stderr.write(
    `cannot sign in at MESH_SIM_CONTROL=${control}: ${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = 1;
}
