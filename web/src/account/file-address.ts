import { useEffect, useState } from 'preact/hooks';

/** An address in this page alone, under which `content` can be shown or saved; null until it is there. */
export function useFileAddress(content: BlobPart | null, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (content === null) return setAddress(null);
    const made = URL.createObjectURL(new Blob([content], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content, type]);
  return address;
}
