import { encode } from 'uqr';

/** The symbol as SVG: one path of whole modules, with its quiet zone of four. */
export function Qr({ payload, title }) {
  const { data, size } = encode(payload, { ecc: 'M', border: 4 });
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      if (!data[y][x]) continue;
      let to = x;
      while (to < size && data[y][to]) to += 1;
      path += `M${x} ${y}h${to - x}v1h${x - to}z`;
      x = to;
    }
  return (
    <div class="qr">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={title} shape-rendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
    </div>
  );
}
