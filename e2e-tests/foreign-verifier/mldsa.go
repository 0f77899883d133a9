package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"filippo.io/mldsa"
)

const (
	mlDsaType     = 6
	timestampSize = 8
)

// An mlDsaKey checks the ML-DSA-44 lines of C2SP tlog-cosignature, which the notes of the checksum database do not know: a
// line is a time and a signature of a message that is made of the checkpoint, not of the note's text.
type mlDsaKey struct {
	name string
	hash uint32
	key  *mldsa.PublicKey
}

// newMlDsaKey answers nil for a vkey of another type.
func newMlDsaKey(vkey string) (*mlDsaKey, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, nil
	}
	data, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(data) == 0 || data[0] != mlDsaType {
		return nil, err
	}
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), data[1:])
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), data...))
	hash := binary.BigEndian.Uint32(sum[:])
	if parts[1] != fmt.Sprintf("%08x", hash) {
		return nil, fmt.Errorf("key ID is %s, want %08x", parts[1], hash)
	}
	return &mlDsaKey{parts[0], hash, key}, nil
}

func (k *mlDsaKey) Name() string    { return k.name }
func (k *mlDsaKey) KeyHash() uint32 { return k.hash }

// Verify takes the text of a checkpoint and the line's bytes behind the key ID.
func (k *mlDsaKey) Verify(msg, sig []byte) bool {
	lines := strings.Split(string(msg), "\n")
	if len(lines) < 4 || len(sig) != timestampSize+mldsa.MLDSA44SignatureSize {
		return false
	}
	size, err := strconv.ParseUint(lines[1], 10, 64)
	if err != nil {
		return false
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return false
	}
	signed := []byte("subtree/v1\n\x00")
	signed = append(append(signed, byte(len(k.name))), k.name...)
	signed = append(signed, sig[:timestampSize]...)
	signed = append(append(signed, byte(len(lines[0]))), lines[0]...)
	signed = binary.BigEndian.AppendUint64(signed, 0)
	signed = binary.BigEndian.AppendUint64(signed, size)
	signed = append(signed, root...)
	if err := mldsa.Verify(k.key, signed, sig[timestampSize:], nil); err != nil {
		return false
	}
	fmt.Printf("OK   ML-DSA-44 line of %s, size %d\n", k.name, size)
	return true
}
