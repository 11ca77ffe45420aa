# Hears what refuses connections in one network namespace: ICMP errors and RSTs, as the namespace's own kernel takes them in (raw(7):
# behind INPUT, so that a quoted packet is the one that was sent here). A JSON line each on standard output, the first when it listens.
# It ends with its input. Perl's base alone, which every Debian has: Node opens no raw sockets.
use strict;
use warnings;
use Config;
use Socket qw(:DEFAULT IPPROTO_IPV6 inet_ntop);

my ($ICMP, $TCP, $ICMPV6) = (1, 6, 58);
# Linux include/uapi/linux/in6.h, and the system call's number on x86_64 or elsewhere (asm-generic/unistd.h).
my ($RECVHOPLIMIT, $HOPLIMIT) = (51, 52);
my $RECVMSG = $Config{archname} =~ /x86_64/ ? 47 : 212;

my ($icmp, $tcp, $icmp6, $tcp6) = (opened(AF_INET, $ICMP), opened(AF_INET, $TCP), opened(AF_INET6, $ICMPV6), opened(AF_INET6, $TCP));
setsockopt($_, IPPROTO_IPV6, $RECVHOPLIMIT, 1) or die "hop limit: $!" for $icmp6, $tcp6;
$| = 1;
print qq({"kind":"ready"}\n);

my $wanted = '';
vec($wanted, fileno($_), 1) = 1 for $icmp, $tcp, $icmp6, $tcp6, \*STDIN;
while (select(my $there = $wanted, undef, undef, undef) > 0) {
  last if vec($there, fileno(STDIN), 1);
  icmp_error(received($icmp)) if vec($there, fileno($icmp), 1);
  tcp_reset(received($tcp)) if vec($there, fileno($tcp), 1);
  icmp6_error(received6($icmp6)) if vec($there, fileno($icmp6), 1);
  tcp_reset(received6($tcp6)) if vec($there, fileno($tcp6), 1);
}

sub opened {
  my ($family, $protocol) = @_;
  socket(my $socket, $family, SOCK_RAW, $protocol) or die "raw socket: $!";
  return $socket;
}

# RFC 792: type, code, checksum, four bytes, then the quoted packet.
sub icmp_error {
  my ($ttl, $source, $message) = @_;
  my ($type, $code) = unpack('CC', $message);
  return unless $type == 3 && length $message >= 36;
  my (undef, undef, $quoted, $destination, $protocol) = ip(substr $message, 8);
  heard_icmp($ttl, $source, $code, $destination, $protocol, $quoted);
}

# RFC 4443 §3.1: the same, about a packet of RFC 8200, whose header of 40 bytes no other follows here.
sub icmp6_error {
  my ($ttl, $source, $message) = @_;
  my ($type, $code) = unpack('CC', $message);
  return unless $type == 1 && length $message >= 56;
  my ($protocol, $destination) = unpack('x6 C x17 a16', substr $message, 8);
  heard_icmp($ttl, $source, $code, inet_ntop(AF_INET6, $destination), $protocol, substr $message, 48);
}

sub heard_icmp {
  my ($ttl, $source, $code, $destination, $protocol, $quoted) = @_;
  # An echo request's identifier stands where ports would.
  my $is_echo = $protocol == $ICMP || $protocol == $ICMPV6;
  my ($local, $port) = $is_echo ? (unpack('x4 n', $quoted), 0) : unpack('nn', $quoted);
  heard("icmp", $ttl, $source, $protocol, $destination, $port, $local, qq(,"code":$code));
}

sub tcp_reset {
  my ($ttl, $source, $segment) = @_;
  my ($from, $to, $flags) = unpack('nn x9 C', $segment);
  heard("reset", $ttl, $source, $TCP, $source, $from, $to, '') if $flags & 4;
}

sub received {
  my ($socket) = @_;
  defined recv($socket, my $packet, 2048, 0) or die "recv: $!";
  return (ip($packet))[0, 1, 2];
}

# RFC 791: time to live, source, what the packet carries, destination, and the protocol of that.
sub ip {
  my ($packet) = @_;
  my ($head, $ttl, $protocol, $source, $destination) = unpack('C x7 C C x2 a4 a4', $packet);
  return ($ttl, inet_ntoa($source), substr($packet, ($head & 15) * 4), inet_ntoa($destination), $protocol);
}

# ipv6(7): a raw socket gives no header of IPv6; the hop limit comes beside the packet, for which Perl has no function but the system call.
sub received6 {
  my ($socket) = @_;
  my ($from, $packet, $beside) = map { "\0" x $_ } 28, 2048, 64;
  my $vector = pack('P Q', $packet, 2048);
  my $message = pack('P L x4 P Q P Q L x4', $from, 28, $vector, 1, $beside, 64, 0);
  my $length = syscall($RECVMSG, fileno($socket), $message, 0);
  die "recvmsg: $!" if $length < 0;
  my (undef, $level, $type, $ttl) = unpack('Q l l l', $beside);
  die "no hop limit" unless $level == IPPROTO_IPV6 && $type == $HOPLIMIT;
  return ($ttl, inet_ntop(AF_INET6, substr $from, 8, 16), substr $packet, 0, $length);
}

sub heard {
  my ($kind, $ttl, $source, $protocol, $destination, $port, $local, $more) = @_;
  print qq({"kind":"$kind","ttl":$ttl,"source":"$source","protocol":$protocol,),
    qq("destination":"$destination","port":$port,"local":$local$more}\n);
}
