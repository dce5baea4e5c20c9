// Passkeys: asks our server what to sign, the browser to have it signed, and brings the answer back.
(() => {
  const state = document.querySelector('#passkey-state');
  if (!state || !globalThis.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

  const post = async (path, body) => {
    const csrf = state.closest('form').elements.csrf.value;
    const answer = await fetch(path, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body),
    });
    const read = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(read.detail), { told: read.detail, code: read.code });
    return read;
  };

  const add = async (asked) => {
    const made = await navigator.credentials.create({ publicKey: {
      challenge: bytes(asked.challenge), rp: { id: asked.rp_id, name: 'Chợ Số' },
      user: { id: bytes(asked.user_id), name: asked.user, displayName: asked.name },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      excludeCredentials: asked.passkeys.map((id) => ({ type: 'public-key', id: bytes(id) })),
      attestation: 'none', authenticatorSelection: { userVerification: 'preferred' },
    } });
    return post('/tai-khoan/khoa', { client_data: text(made.response.clientDataJSON), attestation: text(made.response.attestationObject) });
  };

  const use = async (asked) => {
    const given = await navigator.credentials.get({ publicKey: {
      challenge: bytes(asked.challenge), rpId: asked.rp_id, userVerification: 'preferred',
      allowCredentials: asked.passkeys.map((id) => ({ type: 'public-key', id: bytes(id) })),
    } });
    return post('/dang-nhap/khoa', {
      id: text(given.rawId), client_data: text(given.response.clientDataJSON), authenticator_data: text(given.response.authenticatorData),
      signature: text(given.response.signature), next: state.closest('form').elements.den.value,
    });
  };

  for (const [id, act] of [['#add-passkey', add], ['#use-passkey', use]]) {
    const button = document.querySelector(id);
    if (!button) continue;
    state.textContent = '';
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        state.textContent = 'Hãy làm theo hướng dẫn của trình duyệt…';
        location.assign((await act(await post('/dang-nhap/khoa/thach-thuc', {}))).next);
      } catch (error) {
        if (error.code === 'step_up_needed') location.assign(`/dang-nhap/buoc-2?den=${encodeURIComponent(location.pathname)}`);
        else state.textContent = error.told ?? 'Không dùng được khoá. Hãy thử lại hoặc dùng mã.';
      }
    });
  }
})();
