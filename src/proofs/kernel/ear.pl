# Hears what refuses connections in one network namespace: ICMP errors and RSTs, as the namespace's own kernel takes them in (raw(7):
# behind INPUT, so that a quoted packet is the one that was sent here). A JSON line each on standard output, the first when it listens.
# It ends with its input. Perl's base alone, which every Debian has: Node opens no raw sockets.
use strict;
use warnings;
use Socket;

socket(my $icmp, AF_INET, SOCK_RAW, 1) or die "raw socket: $!";
socket(my $tcp, AF_INET, SOCK_RAW, 6) or die "raw socket: $!";
$| = 1;
print qq({"kind":"ready"}\n);

my $wanted = '';
vec($wanted, fileno($_), 1) = 1 for $icmp, $tcp, \*STDIN;
while (select(my $there = $wanted, undef, undef, undef) > 0) {
  last if vec($there, fileno(STDIN), 1);
  icmp_error() if vec($there, fileno($icmp), 1);
  tcp_reset() if vec($there, fileno($tcp), 1);
}

# RFC 792: type, code, checksum, four bytes, then the quoted packet.
sub icmp_error {
  my ($ttl, $source, undef, $message) = received($icmp) or return;
  my ($type, $code) = unpack('CC', $message);
  return unless $type == 3 && length $message >= 36;
  my (undef, undef, $destination, $quoted, $protocol) = ip(substr $message, 8);
  # An echo request's identifier stands where ports would.
  my ($local, $port) = $protocol == 1 ? (unpack('x4 n', $quoted), 0) : unpack('nn', $quoted);
  heard("icmp", $ttl, $source, $protocol, $destination, $port, $local, qq(,"code":$code));
}

sub tcp_reset {
  my ($ttl, $source, undef, $segment) = received($tcp) or return;
  my ($from, $to, $flags) = unpack('nn x9 C', $segment);
  heard("reset", $ttl, $source, 6, $source, $from, $to, '') if $flags & 4;
}

sub received {
  my ($socket) = @_;
  defined recv($socket, my $packet, 2048, 0) or return;
  return ip($packet);
}

# RFC 791: time to live, source, destination, what the packet carries, and its protocol.
sub ip {
  my ($packet) = @_;
  my ($head, $ttl, $protocol, $source, $destination) = unpack('C x7 C C x2 a4 a4', $packet);
  return ($ttl, inet_ntoa($source), inet_ntoa($destination), substr($packet, ($head & 15) * 4), $protocol);
}

sub heard {
  my ($kind, $ttl, $source, $protocol, $destination, $port, $local, $more) = @_;
  print qq({"kind":"$kind","ttl":$ttl,"source":"$source","protocol":$protocol,),
    qq("destination":"$destination","port":$port,"local":$local$more}\n);
}
