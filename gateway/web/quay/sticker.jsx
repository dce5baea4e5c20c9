// Is what hangs at the counter really ours? Read with the camera and held against the stall's own account; works offline.
import { useEffect, useRef, useState } from 'preact/hooks';
import { readVietqr } from '../shared/vietqr.js';
import { post } from './ask.js';
import * as state from './state.js';

/** What a read code is, held against the stall: {good, words, theirs}. */
export function judge(text, profile) {
  const read = readVietqr(text);
  const { account, stall } = profile;
  if (!read) return { good: false, words: 'Đây không phải mã VietQR hợp lệ.' };
  if (read.bin !== account.bin || read.account !== account.number)
    return { good: false, theirs: true, words: `SAI MÃ. Mã này trả tiền vào tài khoản khác (…${read.account.slice(-4)}). Hãy gỡ ngay và báo ban quản lý chợ.` };
  if (read.purpose && read.purpose !== stall.reference && !/^KX/.test(read.purpose))
    return { good: true, words: `Đúng tài khoản của sạp (…${account.number.slice(-4)}), nhưng không phải mã do Chợ Số in.` };
  if (read.purpose && read.purpose !== stall.reference && read.amount === null)
    return { good: false, words: `Đúng tài khoản, nhưng số sê-ri ${read.purpose} không phải của sạp này (${stall.reference}).` };
  return { good: true, words: `Đúng mã của sạp: ${account.holder}, …${account.number.slice(-4)}, sê-ri ${stall.reference}.` };
}

export function Sticker() {
  const video = useRef(null);
  const [told, setTold] = useState('Đưa mã dán trên quầy vào khung hình.');
  const [verdict, setVerdict] = useState(null);

  useEffect(() => {
    let stream = null;
    let stopped = false;
    const tell = (text) => {
      const judged = judge(text, state.profile.value);
      setVerdict(judged);
      if (judged.good) state.sayPlainly('sticker_right', 'Đúng mã');
      else state.sayPlainly('sticker_wrong', judged.theirs ? 'Cảnh báo. Sai mã. Hãy gỡ mã này' : 'Cảnh báo. Sai mã');
      if (judged.theirs) post('/quay/sticker-reports', { payload: text }).catch(() => {});
    };
    const look = async () => {
      const { default: jsQR } = await import('jsqr');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (stopped) return stream.getTracks().forEach((it) => it.stop());
      video.current.srcObject = stream;
      await video.current.play();
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d', { willReadFrequently: true });
      while (!stopped) {
        const { videoWidth: width, videoHeight: height } = video.current;
        if (width > 0) {
          canvas.width = width;
          canvas.height = height;
          context.drawImage(video.current, 0, 0);
          const found = jsQR(context.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: 'dontInvert' });
          if (found?.data) {
            tell(found.data);
            break;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      stream.getTracks().forEach((it) => it.stop());
      return undefined;
    };
    look().catch((error) => setTold(error.name === 'NotAllowedError' ? 'Trình duyệt chưa cho dùng máy ảnh. Hãy cho phép rồi mở lại mục này.' : 'Không mở được máy ảnh.'));
    return () => {
      stopped = true;
      stream?.getTracks().forEach((it) => it.stop());
    };
  }, []);

  return verdict ? <p class={`verdict ${verdict.good ? 'yes' : 'no'}`} role="alert">{verdict.words}</p> : (
    <>
      <p role="status">{told}</p>
      <video ref={video} playsinline muted aria-label="Hình từ máy ảnh" />
    </>
  );
}
